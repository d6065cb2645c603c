'use client';
import { memo, type ReactNode, useEffect, useState } from 'react';
import {
  createMarkdownReader,
  known,
  type MarkdownBlock,
  safeHref,
  withoutEntities,
} from '@/lib/core/chat/markdown-blocks';
import { Words } from './plain-text';

/**
 * Renders Markdown as React elements. No HTML is inserted and no remote picture is loaded. A long text
 * is read and drawn a stretch at a time, with room for keys and clicks between two of them.
 */
export default memo(function Markdown({ text }: { text: string }) {
  const [read] = useState(createMarkdownReader);
  const [{ blocks }, setSeen] = useState(() => read(text));
  useEffect(() => {
    let next: ReturnType<typeof setTimeout> | undefined;
    const goOn = () => {
      const seen = read(text);
      setSeen(seen);
      if (!seen.isWhole) next = setTimeout(goOn);
    };
    goOn();
    return () => clearTimeout(next);
  }, [read, text]);
  return blocks.map((block) => <Block key={block.start} block={block} />);
});

const Block = memo(function Block({ block: { pieces } }: { block: MarkdownBlock }) {
  const [first] = pieces;
  if (!first) return null;
  if (first.type === 'code') return <CodeBlock pieces={pieces} />;
  if (first.type === 'table') return <TableBlock pieces={pieces} />;
  if (pieces.length === 1) return <MarkdownBlockView token={first} />;
  return (
    <div className="my-2 *:my-0 first:mt-0 last:mb-0">
      {pieces.map((token, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces are only ever appended
        <MarkdownBlockView key={index} token={token} />
      ))}
    </div>
  );
});

type Token = MarkdownBlock['pieces'][number];

const headings = [
  'mt-5 mb-2 text-[18px] font-semibold tracking-tight',
  'mt-5 mb-2 text-[16px] font-semibold tracking-tight',
  'mt-4 mb-1.5 text-large font-semibold',
];
const cells = { left: 'text-left', right: 'text-right', center: 'text-center' };

/** A Markdown token as an element; raw HTML in it is shown as text. */
const MarkdownBlockView = memo(function MarkdownBlockView({
  token: given,
}: {
  token: Token;
}): ReactNode {
  const token = known(given);
  switch (token.type) {
    case 'paragraph':
      return (
        <p dir="auto" className="my-2 first:mt-0 last:mb-0">
          <MarkdownInline tokens={token.tokens} />
        </p>
      );
    case 'heading': {
      // The page already has an h1.
      const look = headings[Math.min(token.depth, headings.length) - 1];
      const Heading = token.depth === 1 ? 'h2' : token.depth === 2 ? 'h3' : 'h4';
      return (
        <Heading dir="auto" className={`${look} first:mt-0`}>
          <MarkdownInline tokens={token.tokens} />
        </Heading>
      );
    }
    case 'code':
      return <CodeBlock pieces={[token]} />;
    case 'blockquote':
      return (
        <blockquote className="my-2 border-line-strong border-l-2 pl-3 text-muted first:mt-0 last:mb-0">
          <Blocks tokens={token.tokens} />
        </blockquote>
      );
    case 'list': {
      const List = token.ordered ? 'ol' : 'ul';
      return (
        <List
          start={token.ordered && token.start !== '' ? token.start : undefined}
          className={`my-2 space-y-1 pl-6 first:mt-0 last:mb-0 ${token.ordered ? 'list-decimal' : 'list-disc'}`}
        >
          {token.items.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: items are only ever appended
            <li key={index} dir="auto" className={item.task ? 'list-none' : 'marker:text-faint'}>
              <Blocks tokens={item.tokens} />
            </li>
          ))}
        </List>
      );
    }
    case 'table':
      return <TableBlock pieces={[token]} />;
    case 'hr':
      return <hr className="my-4 border-line" />;
    case 'space':
    case 'def':
      return null;
    case 'checkbox':
      return <input type="checkbox" checked={token.checked} disabled className="mr-1.5 -ml-5" />;
    case 'text':
      return <MarkdownInline tokens={token.tokens ?? [token]} />;
    case 'html':
      return (
        <p dir="auto" className="my-2 whitespace-pre-wrap first:mt-0 last:mb-0">
          <Words text={token.raw.trimEnd()} />
        </p>
      );
    default:
      return <MarkdownInline tokens={[token]} />;
  }
});

function CodeBlock({ pieces }: { pieces: readonly Token[] }) {
  return (
    <pre
      // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be reachable by keyboard
      tabIndex={0}
      className="my-2.5 overflow-x-auto rounded-large bg-sunken px-3.5 py-2.5 font-mono text-small first:mt-0 last:mb-0"
    >
      {pieces.map((piece, index) => {
        const token = known(piece);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces are only ever appended
          <code key={index} dir="ltr" className="block">
            {token.type === 'code' && token.text}
          </code>
        );
      })}
    </pre>
  );
}

/** A table. A long one is several of equal columns: the browser lays out a whole table at each new row. */
function TableBlock({ pieces }: { pieces: readonly Token[] }) {
  return (
    <div
      // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be reachable by keyboard
      tabIndex={0}
      className="my-2.5 max-w-full overflow-x-auto rounded-large border border-line first:mt-0 last:mb-0"
    >
      {pieces.map((token, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces are only ever appended
        <TablePiece key={index} token={token} isOneOfMany={pieces.length > 1} />
      ))}
    </div>
  );
}

const TablePiece = memo(function TablePiece({
  token,
  isOneOfMany,
}: {
  token: Token;
  isOneOfMany: boolean;
}) {
  const table = known(token);
  if (table.type !== 'table') return null;
  return (
    <table
      className={`w-full border-collapse text-base ${isOneOfMany ? 'table-fixed' : ''}`}
      style={isOneOfMany ? { minWidth: `${table.header.length * 6}rem` } : undefined}
    >
      <thead className="bg-sunken">
        <tr>
          {table.header.map((cell, column) => (
            <th
              // biome-ignore lint/suspicious/noArrayIndexKey: columns have no id other than their position
              key={column}
              className={`px-3 py-1.5 font-medium ${cells[cell.align ?? 'left']}`}
            >
              <MarkdownInline tokens={cell.tokens} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map((row, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows are only ever appended
          <tr key={place} className="border-line border-t">
            {row.map((cell, column) => (
              <td
                // biome-ignore lint/suspicious/noArrayIndexKey: columns have no id other than their position
                key={column}
                className={`px-3 py-1.5 ${cells[cell.align ?? 'left']}`}
              >
                <MarkdownInline tokens={cell.tokens} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
});

function Blocks({ tokens }: { tokens: readonly Token[] }) {
  return tokens.map((token, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: blocks are only ever appended
    <MarkdownBlockView key={index} token={token} />
  ));
}

/** Inline Markdown. Images become links; links with an unsafe target become text. */
function MarkdownInline({ tokens }: { tokens: readonly Token[] }): ReactNode {
  return tokens.map((token, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: tokens have no id and no state
    <Inline key={index} token={token} />
  ));
}

function Inline({ token: given }: { token: Token }): ReactNode {
  const token = known(given);
  switch (token.type) {
    case 'text':
      return token.tokens ? (
        <MarkdownInline tokens={token.tokens} />
      ) : (
        <Words text={withoutEntities(token.text)} />
      );
    case 'escape':
      return token.text;
    case 'strong':
      return (
        <strong className="font-semibold">
          <MarkdownInline tokens={token.tokens} />
        </strong>
      );
    case 'em':
      return (
        <em>
          <MarkdownInline tokens={token.tokens} />
        </em>
      );
    case 'del':
      return (
        <del>
          <MarkdownInline tokens={token.tokens} />
        </del>
      );
    case 'codespan':
      return (
        <code className="rounded-[4px] bg-sunken px-1 py-px font-mono text-[max(12px,0.9em)]">
          {token.text}
        </code>
      );
    case 'br':
      return <br />;
    case 'link':
      return (
        <SafeLink href={token.href} raw={token.raw}>
          <MarkdownInline tokens={token.tokens} />
        </SafeLink>
      );
    case 'image':
      return (
        <SafeLink href={token.href} raw={token.raw}>
          {token.text || token.href}
        </SafeLink>
      );
    default:
      return /^<br\s*\/?>$/i.test(token.raw) ? <br /> : token.raw;
  }
}

function SafeLink({ href, raw, children }: { href: string; raw: string; children: ReactNode }) {
  const safe = safeHref(href);
  if (!safe) return raw;
  return (
    <a
      href={safe}
      target="_blank"
      rel="noopener noreferrer"
      className="text-accent-ink underline underline-offset-2"
    >
      {children}
    </a>
  );
}
