import type { ReactNode } from 'react';
import { known, type MarkdownBlock, safeHref, withoutEntities } from '@/lib/core/markdown-blocks';

type Token = MarkdownBlock['token'];

/** What stands within a line. A picture is a link to it, and a link that leads nowhere good is text. */
export function MarkdownInline({ tokens }: { tokens: readonly Token[] }): ReactNode {
  return tokens.map((token, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: tokens have no name, and no state of their own
    <Inline key={index} token={token} />
  ));
}

function Inline({ token: given }: { token: Token }): ReactNode {
  const token = known(given);
  switch (token.type) {
    case 'text':
      return token.tokens ? <MarkdownInline tokens={token.tokens} /> : withoutEntities(token.text);
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
        <code className="rounded-[4px] bg-sunken px-1 py-px font-mono text-[0.9em]">
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
