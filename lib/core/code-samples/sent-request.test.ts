import { describe, expect, it } from 'vitest';
import { createAnswer, createUserMessage } from '../chat/message';
import { emptyImageForm } from '../endpoints/image-form';
import { createEntry } from '../runs/run-entry';
import { FileText, filesOf, requestOfAnswer, requestOfRun } from './sent-request';

const header = { format: 'jpeg', width: 1, height: 1, hasAlpha: false, orientation: 1 } as const;
const request = { model: 'm', prompt: 'p', n: 1, size: undefined, user: 'Ada', seed: null };
const common = { id: 'r', request, form: emptyImageForm, now: 0, expectedMs: null };
const picture = (hash: string) => ({ hash, name: `${hash}.jpg`, byteLength: 1, header });

describe('requestOfRun', () => {
  it('has what was sent, and never the user', () => {
    expect(requestOfRun(createEntry(common))).toEqual({
      endpoint: 'generations',
      fields: { model: 'm', prompt: 'p', n: 1 },
      images: [],
      mask: null,
      ending: 'png',
    });
  });

  it('has the files of an edit, one that was sent twice by one name', () => {
    const references = [picture('a'), picture('b'), picture('a')];
    const edit = { references, mask: { hash: 'c', share: 1 }, parent: null };
    const sent = requestOfRun(createEntry({ ...common, edit }));
    expect(sent?.images.map(({ name, type }) => [name, type])).toEqual([
      ['a.jpg', 'image/jpeg'],
      ['b.jpg', 'image/jpeg'],
      ['a.jpg', 'image/jpeg'],
    ]);
    expect(sent?.mask).toEqual({ name: 'mask.png', hash: 'c', type: 'image/png' });
    expect(sent && filesOf(sent).map(({ name }) => name)).toEqual(['a.jpg', 'b.jpg', 'mask.png']);
  });

  it('saves pictures as what came, else as what was asked for', () => {
    const asked = { ...request, output_format: 'webp' };
    const entry = createEntry({ ...common, request: asked });
    expect(requestOfRun(entry)?.ending).toBe('webp');
    const slots = [{ kind: 'picture' as const, ...picture('a') }];
    expect(requestOfRun({ ...entry, slots })?.ending).toBe('jpg');
  });

  it('is not there for a run of which only the server knew', () => {
    expect(requestOfRun({ ...createEntry(common), isFound: true })).toBeUndefined();
  });
});

describe('requestOfAnswer', () => {
  it('has the messages, with files where the base64 of pictures stood', () => {
    const place = { conversation: 'c', now: 0 };
    const first = createUserMessage({
      ...place,
      id: 'first',
      parent: null,
      text: 'What is this?',
      pictures: [{ ...picture('a'), id: 'p' }],
    });
    const turn = {
      fields: { model: 'g', stream: true, user: 'Ada' },
      systemPrompt: '',
      pictures: ['first/0'],
      picturesAs: 'blocks' as const,
    };
    const sent = requestOfAnswer(
      createAnswer({ ...place, id: 'answer', parent: 'first', request: turn }),
      [first],
    );
    const file = { name: 'a.jpg', hash: 'a', type: 'image/jpeg' };
    const writing = { prefix: 'data:image/jpeg;base64,', alphabet: 'base64', isPadded: true };
    const url = new FileText(file, writing as FileText['writing']);
    expect(sent).toMatchObject({
      endpoint: 'chat',
      fields: {
        model: 'g',
        stream: true,
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'What is this?' },
              { type: 'image_url', image_url: { url } },
            ],
          },
        ],
      },
    });
    expect(sent.fields).not.toHaveProperty('user');
    expect(filesOf(sent)).toEqual([file]);
  });
});
