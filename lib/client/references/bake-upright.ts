import { convertPicture } from './convert-picture';

/**
 * A picture that its file stores on its side or mirrored, as a PNG that stores it as it is seen: a
 * mask has the pixels of what is seen. Made off the page. @throws Error where the browser cannot
 */
export async function bakeUpright(picture: Blob): Promise<Blob> {
  const upright = await convertPicture(picture, 'png');
  if (!upright) throw new Error('The picture could not be turned upright.');
  return upright;
}
