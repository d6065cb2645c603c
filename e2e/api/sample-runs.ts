import { createHash } from 'node:crypto';
import { encodeBody } from '@/lib/client/chat/encode-body';
import { readImageHeader } from '@/lib/core/bytes/image-header';
import { createAnswer, createUserMessage, type TurnRequest } from '@/lib/core/chat/message';
import { turnBody } from '@/lib/core/chat/turn-body';
import {
  requestOfAnswer,
  requestOfRun,
  type SentRequest,
} from '@/lib/core/code-samples/sent-request';
import { encodeEdit } from '@/lib/core/endpoints/edit-request';
import { emptyImageForm } from '@/lib/core/endpoints/image-form';
import { encodeGeneration } from '@/lib/core/endpoints/image-request';
import type { EndpointName } from '@/lib/core/models/model';
import { createEntry } from '@/lib/core/runs/run-entry';
import { differentPictures } from '../sample-pictures';

// Runs of every endpoint: how the app sends them, and what samples are made of.

/** The bytes of every file, by their hash. */
export const files = new Map<string, Buffer>();

export interface SampleRun {
  endpoint: EndpointName;
  body: string | Blob;
  request: SentRequest;
}

/** What shells, forms and languages could take for something of their own. */
export const nasty = `@file;type=x <in "quoted" 'single' $HOME \`id\` \\n %s {x} !! #\t— 青花瓷 👩🏽‍🎨\nJSON\nEOF\r\nlast`;

const [pixel, translucent, opaque, jpeg] = differentPictures.map((base64) => {
  const bytes = Buffer.from(base64, 'base64');
  const hash = createHash('sha256').update(bytes).digest('hex');
  files.set(hash, bytes);
  return { hash, byteLength: bytes.length, header: readImageHeader(bytes) };
}) as [Stored, Stored, Stored, Stored];
type Stored = { hash: string; byteLength: number; header: ReturnType<typeof readImageHeader> };

type Fields = Record<string, string | number | boolean>;
const common = { id: 'run', form: emptyImageForm, now: 0, expectedMs: null };

function generation(fields: Fields): SampleRun {
  const asked = { model: 'turing/gpt-image-2', prompt: nasty, ...fields };
  const request = requestOfRun(
    createEntry({ ...common, request: { ...asked, user: 'somebody' } }),
  ) as SentRequest;
  return { endpoint: 'generations', body: encodeGeneration(asked), request };
}

function edit(fields: Fields, pictures: (Stored & { name: string })[], mask?: Stored): SampleRun {
  const asked = { model: 'turing/gpt-image-2', prompt: nasty, ...fields };
  const references = pictures.map((one) => ({ ...one }));
  const sources = { references, mask: mask ? { hash: mask.hash, share: 1 } : null, parent: null };
  const entry = createEntry({ ...common, request: { ...asked, user: 'somebody' }, edit: sources });
  const images = pictures.map(({ hash, name, header }) => ({
    file: new Blob([bytesOf(hash)], { type: `image/${header?.format}` }),
    name,
  }));
  const maskFile = mask && new Blob([bytesOf(mask.hash)], { type: 'image/png' });
  return {
    endpoint: 'edits',
    body: encodeEdit(asked, images, maskFile),
    request: requestOfRun(entry) as SentRequest,
  };
}

async function chat(fields: TurnRequest['fields'], fault: string): Promise<SampleRun> {
  const place = { conversation: 'c', now: 0 };
  const turn: TurnRequest = {
    fields,
    systemPrompt: 'Be "brief".',
    pictures: ['first/0', 'answer/1'],
    picturesAs: 'blocks',
  };
  const first = createUserMessage({
    ...place,
    id: 'first',
    parent: null,
    text: nasty,
    pictures: [{ ...jpeg, id: 'p', name: "it's; a cat.jpg" }],
  });
  const answer = {
    ...createAnswer({ ...place, id: 'answer', parent: 'first', request: turn }),
    fields: { thought_signature: 'lifted-0', kept: [1, null, true] },
    lifted: {
      'lifted-0': {
        hash: opaque.hash,
        byteLength: opaque.byteLength,
        writing: { prefix: '', alphabet: 'base64url', isPadded: false } as const,
      },
    },
    parts: [
      { kind: 'text' as const, text: 'Here.', fields: null },
      {
        kind: 'picture' as const,
        ...translucent,
        block: { type: 'image_url', image_url: { url: '', detail: 'low' } },
        writing: { prefix: 'data:image/png;base64,', alphabet: 'base64', isPadded: true } as const,
      },
    ],
  };
  const last = createUserMessage({
    ...place,
    id: 'last',
    parent: 'answer',
    text: `Add a hat. fault:${fault}`,
    pictures: [],
  });
  const path = [first, answer, last];
  const asked = createAnswer({
    ...place,
    id: crypto.randomUUID(),
    parent: 'last',
    request: { ...turn, fields: { ...fields, user: 'somebody' } },
  });
  const pieces = turnBody(path, turn, asked.id).map((piece) =>
    typeof piece === 'string'
      ? piece
      : { file: new Blob([bytesOf(piece.hash)]), writing: piece.writing },
  );
  return {
    endpoint: 'chat',
    body: await (await encodeBody(pieces)).text(),
    request: requestOfAnswer(asked, path),
  };
}

function bytesOf(hash: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(files.get(hash) ?? []);
}

const longest = '瓷'.repeat(32_000);
const gemini = 'turing/gemini-3-pro-image';

export const sampleRuns: Record<string, SampleRun> = {
  'a generation': generation({
    size: '3840x2160',
    quality: 'high',
    output_format: 'jpeg',
    output_compression: 40,
  }),
  'a generation of the longest prompt': generation({ prompt: longest }),
  'an edit with a mask': edit({ input_fidelity: 'high' }, [{ ...pixel, name: 'cat.png' }], pixel),
  'an edit in one line': edit({ prompt: "'@x' $HOME" }, [
    { ...pixel, name: 'picture-1.png' },
    { ...jpeg, name: '猫 "a".jpg' },
    { ...pixel, name: 'picture-1.png' },
  ]),
  'an edit of the longest prompt': edit({ prompt: longest }, [{ ...jpeg, name: 'x.jpg' }]),
  'an edit of a prompt that no command holds': edit({ prompt: '👩🏽‍🎨'.repeat(8_000) }, [
    { ...jpeg, name: 'x.jpg' },
  ]),
  'a streamed answer': await chat({ model: gemini, stream: true }, 'chat-content'),
  'an answer in one piece': await chat(
    { model: gemini, stream: false, imageConfig: { aspectRatio: '16:9', imageSize: '1K' } },
    'chat-images',
  ),
};
