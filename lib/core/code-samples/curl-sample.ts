import { jsonNotation, writeLiteral } from './literals';
import type { FileText, SampleFile, SentRequest } from './sent-request';
import { shellWord } from './shell-words';
import { endpointPaths, type SampleTarget, targetVariables, timeoutSeconds } from './targets';

/** Linux takes no argument of more than 131,072 bytes. */
const mostArgumentBytes = 120_000;

/** A field that is too long for a command, as a file that the command reads. */
export interface TextFile {
  name: string;
  text: string;
}

/**
 * A request as a command of curl for bash and zsh. Texts of a form go by `--form-string`, which takes a
 * leading `@` or `<` as it is; JSON goes through standard input, which has no limit.
 */
export function curlSample(
  request: SentRequest,
  target: SampleTarget,
): { code: string; texts: TextFile[] } {
  if (request.endpoint === 'edits') return formSample(request, target);
  const isStream = request.fields.stream === true;
  const answer = isStream ? 'answer.txt' : 'answer.json';
  const command = [
    ...curlStart(request, target),
    "--header 'Content-Type: application/json'",
    '--data-binary @-',
    `--output ${answer}`,
  ].join(' \\\n  ');
  const pieces = jsonPieces(request);
  const [json = ''] = pieces;
  if (pieces.length === 1) {
    const code = `${command} <<'JSON'\n${json}\nJSON\n${unpacking(request)}`;
    return { code, texts: [] };
  }
  const written = pieces.map((piece) =>
    typeof piece === 'string' ? `  cat <<'JSON'\n${piece}\nJSON` : `  ${base64Of(piece)}`,
  );
  // The JSON has no line breaks of its own: those of its texts are escaped.
  return { code: `{\n${written.join('\n')}\n} | tr -d '\\n' | ${command}\n`, texts: [] };
}

function formSample(request: SentRequest, target: SampleTarget) {
  const texts: TextFile[] = [];
  const fields = Object.entries(request.fields).map(([name, value]) => {
    const text = String(value);
    const isArgument =
      new TextEncoder().encode(text).length < mostArgumentBytes && !text.includes('\0');
    if (isArgument) return `--form-string ${shellWord(`${name}=${text}`)}`;
    texts.push({ name: `${name}.txt`, text });
    return `--form ${shellWord(`${name}=<${name}.txt`)}`;
  });
  const imageName = request.images.length === 1 ? 'image' : 'image[]';
  const files = [
    ...request.images.map((file) => fileField(imageName, file)),
    ...(request.mask ? [fileField('mask', request.mask)] : []),
  ];
  const command = [...curlStart(request, target), ...fields, ...files, '--output answer.json'];
  return { code: `${command.join(' \\\n  ')}\n${unpacking(request)}`, texts };
}

function curlStart({ endpoint }: SentRequest, target: SampleTarget): string[] {
  const { address, key } = targetVariables[target];
  return [
    `curl --fail-with-body --max-time ${timeoutSeconds} "\${${address}:?}${endpointPaths[endpoint]}"`,
    `--header "Authorization: Bearer \${${key}:?}"`,
  ];
}

function fileField(name: string, { name: file, type }: SampleFile): string {
  return `--form '${name}=@${file};type=${type}'`;
}

/** The JSON of a request, cut where the base64 of a file belongs. */
function jsonPieces({ fields }: SentRequest): (string | FileText)[] {
  const texts: FileText[] = [];
  const json = writeLiteral(fields, {
    ...jsonNotation,
    fileText(text) {
      texts.push(text);
      // No JSON has this character: it would be escaped.
      return JSON.stringify(text.writing.prefix).replace(/"$/, '\0"');
    },
  });
  return json
    .split('\0')
    .flatMap((piece, index) => (index === 0 ? [piece] : [texts[index - 1] as FileText, piece]));
}

function base64Of({ file, writing }: FileText): string {
  const letters = writing.alphabet === 'base64url' ? " | tr '+/' '-_'" : '';
  const padding = writing.isPadded ? '' : " | tr -d '='";
  return `base64 < ${file.name}${letters}${padding}`;
}

function unpacking({ endpoint, ending }: SentRequest): string {
  if (endpoint === 'chat') return '';
  return `# jq --raw-output '.data[0].b64_json' answer.json | base64 --decode > picture-1.${ending}\n`;
}
