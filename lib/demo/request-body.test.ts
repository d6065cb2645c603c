import { describe, expect, it } from 'vitest';
import { catalogue } from '../core/models/catalogue';
import { readForm } from './request-body';

const models = catalogue.map((model) => ({
  ...model,
  references: model.references && { ...model.references, max: 2, maxBytes: 100_000 },
}));

function requestOf(data: FormData): Request {
  return new Request('http://demo.test/', { method: 'POST', body: data });
}

function formOf(...lengths: number[]): FormData {
  const data = new FormData();
  data.append('prompt', '一只猫');
  for (const length of lengths)
    data.append('image[]', new Blob([new Uint8Array(length)]), '猫.png');
  return data;
}

describe('readForm', () => {
  it('reads texts and files in their order, up to the last byte of the limit', async () => {
    const { texts, files } = await readForm(requestOf(formOf(100_000, 3)), models);
    expect(texts).toEqual([{ name: 'prompt', value: '一只猫' }]);
    expect(files.map(({ name, bytes }) => [name, bytes.length])).toEqual([
      ['image[]', 100_000],
      ['image[]', 3],
    ]);
  });

  it('refuses a file of one byte more', async () => {
    const reading = readForm(requestOf(formOf(3, 100_001)), models);
    await expect(reading).rejects.toMatchObject({ status: 413, code: 'request_too_large' });
  });

  it('refuses it while the rest is still to come', async () => {
    let pulled = 0;
    const head = '--b\r\ncontent-disposition: form-data; name="image"; filename="a"\r\n\r\n';
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled++;
        if (pulled === 1) controller.enqueue(new TextEncoder().encode(head));
        else if (pulled < 4) controller.enqueue(new Uint8Array(60_000));
      },
    });
    const request = new Request('http://demo.test/', {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
      body,
      duplex: 'half',
    } as RequestInit);
    await expect(readForm(request, models)).rejects.toMatchObject({ status: 413 });
  });

  it.each([
    ['multipart/form-data', ''],
    ['multipart/form-data; boundary=b', ''],
    [
      'multipart/form-data; boundary=b',
      '--b\r\ncontent-disposition: form-data; name="prompt"\r\n\r\nx',
    ],
    [
      'multipart/form-data; boundary=b',
      '--b\r\ncontent-disposition: form-data; name="i"; filename="a"\r\n\r\nx',
    ],
  ])('refuses %s with a body that breaks off', async (type, body) => {
    const headers = { 'content-type': type };
    const request = new Request('http://demo.test/', { method: 'POST', headers, body });
    const reading = readForm(request, models);
    await expect(reading).rejects.toMatchObject({ status: 400, code: 'invalid_multipart' });
  });

  it('refuses a thousand fields', async () => {
    const data = new FormData();
    for (let index = 0; index < 1000; index++) data.append(`field${index}`, 'x');
    const reading = readForm(requestOf(data), models);
    await expect(reading).rejects.toMatchObject({ status: 400, code: 'invalid_multipart' });
  });
});
