import { typescriptNotation, writeLiteral } from './literals';
import { filesOf, type SampleFile, type SentRequest } from './sent-request';
import { endpointPaths, type SampleTarget, targetVariables, timeoutSeconds } from './targets';

/** A request as a program with the package `openai` for Node, as an ES module. */
export function typescriptSample(request: SentRequest, target: SampleTarget): string {
  const { endpoint } = request;
  const isByHand = endpoint === 'edits' && hasLineBreaks(request);
  const parts = endpoint === 'chat' ? chatSample(request) : imagesSample(request, isByHand);
  const { address, key } = targetVariables[target];
  const fromFiles = filesOf(request).length > 0 ? '{ readFile, writeFile }' : '{ writeFile }';
  const fromPackage = request.images.length > 0 && !isByHand ? 'OpenAI, { toFile }' : 'OpenAI';
  return `${isByHand ? 'import { randomUUID } from "node:crypto";\n' : ''}import ${fromFiles} from "node:fs/promises";
import { env } from "node:process";
import ${fromPackage} from "openai";

const client = new OpenAI({
  baseURL: setting("${address}"),
  apiKey: setting("${key}"),
  timeout: ${timeoutSeconds}_000, // Large pictures take minutes.
  maxRetries: 0, // What is repeated may be charged again.
});
${parts}
function setting(name: string): string {
  const value = env[name];
  if (!value) throw new Error(\`Set \${name} first.\`);
  return value;
}
`;
}

function imagesSample(request: SentRequest, isByHand: boolean): string {
  const { ending } = request;
  return `${isByHand ? formCall(request) : imagesCall(request)}
for (const [index, item] of (answer.data ?? []).entries()) {
  if (!item.b64_json) console.log(item);
  else await writeFile(\`picture-\${index + 1}.${ending}\`, Buffer.from(item.b64_json, "base64"));
}
`;
}

function imagesCall({ endpoint, fields, images, mask }: SentRequest): string {
  const [call, type] =
    endpoint === 'edits'
      ? ['images.edit', 'ImageEditParamsNonStreaming']
      : ['images.generate', 'ImageGenerateParamsNonStreaming'];
  const lines = memberLines(fields);
  if (images.length === 1) lines.push(...images.map((file) => `  image: ${fileOf(file)},`));
  else if (images.length > 1) {
    lines.push('  image: [', ...images.map((file) => `    ${fileOf(file)},`), '  ],');
  }
  if (mask) lines.push(`  mask: ${fileOf(mask)},`);
  // The gateway takes more than the types of the package know.
  return `const answer = await client.${call}({
${lines.join('\n')}
} as unknown as OpenAI.${type});`;
}

function fileOf({ name, type }: SampleFile): string {
  return `await toFile(readFile("${name}"), "${name}", { type: "${type}" })`;
}

/** FormData makes two characters of each line break, so such a form is written here. */
function formCall({ fields, images, mask }: SentRequest): string {
  const imageName = images.length === 1 ? 'image' : 'image[]';
  const files = [
    ...images.map((file) => ({ ...file, field: imageName })),
    ...(mask ? [{ ...mask, field: 'mask' }] : []),
  ].map(({ field, name, type }) => `  ["${field}", "${name}", "${type}"],`);
  return `// FormData would make two characters of each line break.
const fields = {
${memberLines(fields).join('\n')}
};
const files = [
${files.join('\n')}
] as const;
const boundary = \`form-\${randomUUID()}\`;
const start = (name: string) =>
  \`--\${boundary}\\r\\nContent-Disposition: form-data; name="\${name}"\`;
const parts: BlobPart[] = [];
for (const [name, value] of Object.entries(fields)) {
  parts.push(\`\${start(name)}\\r\\n\\r\\n\${value}\\r\\n\`);
}
for (const [name, file, type] of files) {
  parts.push(\`\${start(name)}; filename="\${file}"\\r\\nContent-Type: \${type}\\r\\n\\r\\n\`);
  parts.push(await readFile(file), "\\r\\n");
}
parts.push(\`--\${boundary}--\\r\\n\`);
const answer = await client.post<OpenAI.ImagesResponse>("${endpointPaths.edits}", {
  body: new Blob(parts, { type: \`multipart/form-data; boundary=\${boundary}\` }),
});`;
}

function chatSample(request: SentRequest): string {
  const { fields, ending } = request;
  const isStream = fields.stream === true;
  const type = `ChatCompletionCreateParams${isStream ? '' : 'Non'}Streaming`;
  const end = isStream
    ? 'for await (const chunk of answer) await show(chunk.choices);'
    : 'await show(answer.choices);';
  const reading =
    filesOf(request).length === 0
      ? ''
      : `
async function fileText(name: string, prefix: string, isUrlSafe = false, isPadded = true) {
  const text = (await readFile(name)).toString(isUrlSafe ? "base64url" : "base64");
  const plain = text.replace(/=+$/, "");
  return prefix + (isPadded ? plain.padEnd(Math.ceil(plain.length / 4) * 4, "=") : plain);
}
`;
  return `const answer = await client.chat.completions.create({
${memberLines(fields).join('\n')}
} as unknown as OpenAI.${type});
let count = 0;
${end}

// Pictures stand where the package has no types for them.
type Block = { text?: string; image_url?: { url: string } };
type Part = { content?: string | Block[] | null; images?: Block[] | null };
type Choice = { delta?: Part; message?: Part; images?: Block[] | null };

async function show(choices: unknown): Promise<void> {
  for (const choice of choices as Choice[]) {
    const part = choice.delta ?? choice.message ?? {};
    const content = typeof part.content === "string" ? [{ text: part.content }] : part.content;
    const blocks: Block[] = [...(content ?? []), ...(part.images ?? []), ...(choice.images ?? [])];
    for (const { text, image_url } of blocks) {
      if (text) process.stdout.write(text);
      const { url = "" } = image_url ?? {};
      const data = Buffer.from(url.split(",").at(-1) ?? "", "base64");
      if (url.startsWith("http")) console.log(url);
      else if (url) await writeFile(\`picture-\${++count}.${ending}\`, data);
    }
  }
}
${reading}`;
}

function memberLines(fields: SentRequest['fields']): string[] {
  return Object.entries(fields).map(
    ([name, value]) =>
      `  ${typescriptNotation.member(name)}: ${writeLiteral(value, typescriptNotation, '  ')},`,
  );
}

function hasLineBreaks({ fields }: SentRequest): boolean {
  return Object.values(fields).some((value) => /[\r\n]/.test(String(value)));
}
