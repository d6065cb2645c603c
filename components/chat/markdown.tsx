'use client';
import { memo, useState } from 'react';
import { createMarkdownReader, type MarkdownBlock } from '@/lib/core/markdown-blocks';
import { MarkdownBlockView } from './markdown-block';

/** A text with its markdown shown. Nothing in it becomes markup, and nothing is loaded for it. */
export default memo(function Markdown({ text }: { text: string }) {
  const [read] = useState(createMarkdownReader);
  return read(text).map((block) => <Block key={block.start} block={block} />);
});

const Block = memo(function Block({ block }: { block: MarkdownBlock }) {
  return <MarkdownBlockView token={block.token} />;
});
