import { describe, expect, it } from 'vitest';
import { codeSample, sampleLanguages } from './code-sample';
import { FileText, type SentRequest } from './sent-request';

const cat = { name: 'cat.png', hash: 'a', type: 'image/png' };
const dog = { name: 'dog.jpg', hash: 'b', type: 'image/jpeg' };
const generation: SentRequest = {
  endpoint: 'generations',
  fields: { model: 'm', prompt: 'p', n: 2, odd_option: 'x' },
  images: [],
  mask: null,
  ending: 'png',
};
const edit: SentRequest = {
  ...generation,
  endpoint: 'edits',
  fields: { model: 'm', prompt: '@p', n: 2, odd_option: 'x' },
  images: [cat],
  mask: { ...cat, name: 'mask.png' },
};
const writing = { prefix: 'data:image/png;base64,', alphabet: 'base64', isPadded: true } as const;
const chat: SentRequest = {
  ...generation,
  endpoint: 'chat',
  fields: { model: 'g', stream: true, messages: [new FileText(cat, writing)], imageConfig: {} },
};
const codeOf = (request: SentRequest, language: 'curl' | 'python' | 'typescript' | 'json') =>
  codeSample(request, { language, target: 'gateway' }).code;

describe('codeSample', () => {
  it.each(sampleLanguages)('in %s reads key and address from the environment', (language) => {
    const at = (target: 'app' | 'gateway') => codeSample(edit, { language, target }).code;
    if (language === 'json') return expect(at('app')).toBe(at('gateway'));
    expect(at('app')).toMatch(/PLAYGROUND_BASE_URL[\s\S]*PLAYGROUND_API_KEY/);
    expect(at('gateway')).toMatch(/TURING_BASE_URL[\s\S]*TURING_API_KEY/);
    expect(at('gateway')).not.toContain('PLAYGROUND');
  });

  it('never repeats a request that may be charged', () => {
    expect(codeOf(generation, 'python')).toContain('max_retries=0');
    expect(codeOf(generation, 'typescript')).toContain('maxRetries: 0');
    expect(codeOf(generation, 'curl')).not.toContain('--retry');
  });

  it('lists the files that it reads, each once', () => {
    const twice = { ...edit, images: [cat, dog, cat] };
    for (const language of sampleLanguages) {
      const { files } = codeSample(twice, { language, target: 'app' });
      expect(files.map(({ name }) => name)).toEqual(['cat.png', 'dog.jpg', 'mask.png']);
    }
  });
});

describe('curl', () => {
  it('sends texts as they are, and files with their type', () => {
    expect(codeOf(edit, 'curl')).toContain(`--form-string 'prompt=@p' \\
  --form-string 'n=2' \\
  --form-string 'odd_option=x' \\
  --form 'image=@cat.png;type=image/png' \\
  --form 'mask=@mask.png;type=image/png' \\`);
    expect(codeOf({ ...edit, images: [cat, dog] }, 'curl')).toContain("'image[]=@dog.jpg;");
  });

  it('reads a text that no command can hold from a file', () => {
    for (const prompt of ['瓷'.repeat(50_000), 'a\0b']) {
      const { code, files } = codeSample(
        { ...edit, fields: { prompt } },
        { language: 'curl', target: 'app' },
      );
      expect(code).toContain("--form 'prompt=<prompt.txt'");
      expect(files).toContainEqual({ name: 'prompt.txt', text: prompt });
    }
  });

  it('writes the base64 of files into JSON', () => {
    expect(codeOf(chat, 'curl')).toContain(`"messages": ["data:image/png;base64,
JSON
  base64 < cat.png
  cat <<'JSON'
"]`);
    const bare = { prefix: '', alphabet: 'base64url', isPadded: false } as const;
    const request = { ...chat, fields: { text: new FileText(cat, bare) } };
    expect(codeOf(request, 'curl')).toContain("base64 < cat.png | tr '+/' '-_' | tr -d '='");
  });
});

describe('Python', () => {
  it('names what the package knows, and passes on the rest', () => {
    expect(codeOf(generation, 'python')).toContain(`client.images.generate(
    model="m",
    prompt="p",
    n=2,
    extra_body={"odd_option": "x"},
)`);
  });
});

describe('TypeScript', () => {
  it('writes a form by hand where a text has line breaks', () => {
    expect(codeOf(edit, 'typescript')).toContain('client.images.edit({');
    const lines = { ...edit, fields: { ...edit.fields, prompt: 'a\nb' } };
    expect(codeOf(lines, 'typescript')).toContain('client.post<OpenAI.ImagesResponse>');
  });
});

describe('JSON', () => {
  it('has the fields, and the files by their hashes', () => {
    expect(JSON.parse(codeOf(edit, 'json'))).toEqual({
      ...edit.fields,
      image: [{ file: 'cat.png', type: 'image/png', sha256: 'a' }],
      mask: { file: 'mask.png', type: 'image/png', sha256: 'a' },
    });
  });
});
