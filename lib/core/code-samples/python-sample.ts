import { pythonNotation, writeLiteral } from './literals';
import { filesOf, type SampleFile, type SampleValue, type SentRequest } from './sent-request';
import { type SampleTarget, targetVariables, timeoutSeconds } from './targets';

/** What the functions of the package name; everything else goes by `extra_body`. */
const namedParameters: Record<SentRequest['endpoint'], readonly string[]> = {
  generations: [
    ...['model', 'prompt', 'n', 'size', 'quality', 'background', 'moderation'],
    ...['output_format', 'output_compression', 'response_format', 'stream'],
  ],
  edits: [
    ...['model', 'prompt', 'n', 'size', 'quality', 'background', 'input_fidelity'],
    ...['output_format', 'output_compression', 'response_format', 'stream'],
  ],
  chat: [
    ...['model', 'messages', 'stream', 'stream_options', 'modalities', 'temperature', 'top_p'],
    ...['max_tokens', 'max_completion_tokens', 'n', 'seed', 'stop', 'response_format'],
  ],
};

const functions: Record<SentRequest['endpoint'], string> = {
  generations: 'client.images.generate',
  edits: 'client.images.edit',
  chat: 'client.chat.completions.create',
};

/** A request as a program with the package `openai` for Python. */
export function pythonSample(request: SentRequest, target: SampleTarget): string {
  const { address, key } = targetVariables[target];
  const { endpoint } = request;
  return `import base64
import os
from pathlib import Path

from openai import OpenAI

client = OpenAI(
    base_url=os.environ["${address}"],
    api_key=os.environ["${key}"],
    timeout=${timeoutSeconds},  # Large pictures take minutes.
    max_retries=0,  # What is repeated may be charged again.
)

${endpoint === 'chat' ? chatParts(request) : ''}answer = ${functions[endpoint]}(
${argumentsOf(request).join('\n')}
)
${endpoint === 'chat' ? chatEnd(request) : imagesEnd(request)}`;
}

function argumentsOf(request: SentRequest): string[] {
  const { endpoint, fields, images, mask } = request;
  const isNamed = (name: string) => namedParameters[endpoint].includes(name);
  const named = Object.entries(fields).filter(([name]) => isNamed(name));
  const further = Object.entries(fields).filter(([name]) => !isNamed(name));
  const line = (name: string, value: string) => `    ${name}=${value},`;
  const written = (value: SampleValue) => writeLiteral(value, pythonNotation, '    ');
  const lines = named.map(([name, value]) => line(name, written(value)));
  if (images.length === 1) lines.push(...images.map((file) => line('image', fileOf(file))));
  else if (images.length > 1) {
    lines.push('    image=[', ...images.map((file) => `        ${fileOf(file)},`), '    ],');
  }
  if (mask) lines.push(line('mask', fileOf(mask)));
  if (further.length > 0) lines.push(line('extra_body', written(Object.fromEntries(further))));
  return lines;
}

function fileOf({ name, type }: SampleFile): string {
  return `("${name}", Path("${name}").read_bytes(), "${type}")`;
}

function imagesEnd({ ending }: SentRequest): string {
  return `for number, item in enumerate(answer.data or [], start=1):
    if item.b64_json:
        Path(f"picture-{number}.${ending}").write_bytes(base64.b64decode(item.b64_json))
    else:
        print(item)
`;
}

function chatParts(request: SentRequest): string {
  if (filesOf(request).length === 0) return '';
  return `
def file_text(name, prefix, is_url_safe=False, is_padded=True):
    encode = base64.urlsafe_b64encode if is_url_safe else base64.b64encode
    text = encode(Path(name).read_bytes()).decode()
    return prefix + (text if is_padded else text.rstrip("="))


`;
}

function chatEnd({ fields, ending }: SentRequest): string {
  const end =
    fields.stream === true
      ? `for chunk in answer:
    for choice in chunk.choices:
        show(choice.model_dump())
`
      : `for choice in answer.choices:
    show(choice.model_dump())
`;
  return `count = 0


def show(choice):
    global count
    part = choice.get("delta") or choice.get("message") or {}
    content = part.get("content") or []
    if isinstance(content, str):
        content = [{"text": content}]
    for block in content + (part.get("images") or []) + (choice.get("images") or []):
        if block.get("text"):
            print(block["text"], end="")
        url = (block.get("image_url") or {}).get("url", "")
        if url.startswith("http"):
            print(url)
        elif url:
            count += 1
            data = base64.b64decode(url.split(",")[-1])
            Path(f"picture-{count}.${ending}").write_bytes(data)


${end}`;
}
