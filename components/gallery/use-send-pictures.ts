import { useRouter } from 'next/navigation';
import { useContext } from 'react';
import { openPage } from '@/lib/client/api/open-page';
import { loadKeptPictures } from '@/lib/client/gallery/card-details';
import { type Tile, tilesIn } from '@/lib/core/gallery/tiles';
import { GalleryModels } from './tile-words';

/**
 * Puts pictures among the references of Edit or into the next message of Chat, and opens that page.
 * @param onFailed called if one of them is not there any more; then none is put anywhere
 */
export function useSendPictures(onFailed: () => void) {
  const router = useRouter();
  const models = useContext(GalleryModels);
  return async (page: 'edit' | 'chat', tiles: readonly Tile[]): Promise<void> => {
    const all = tiles
      .flatMap(tilesIn)
      .flatMap((tile) => tile.pictures.map((picture) => ({ ...tile, picture })));
    const found = await loadKeptPictures(all, models);
    const pictures = found.filter((picture) => picture !== undefined);
    if (pictures.length < found.length) return onFailed();
    await openPage(async () => {
      // Lazy, to keep the code of these pages out of the first load of this one.
      if (page === 'edit') {
        const { addFromPicture } = await import('@/lib/client/edit/edit-references');
        for (const picture of pictures) addFromPicture(picture);
      } else {
        const { attachPicture, startConversationWith } = await import(
          '@/lib/client/chat/open-conversation'
        );
        let conversation: string | undefined;
        for (const { parent: _parent, ...file } of pictures) {
          if (conversation) attachPicture(conversation, file);
          else conversation = startConversationWith(file);
        }
      }
      router.push(`/${page}`);
    });
  };
}
