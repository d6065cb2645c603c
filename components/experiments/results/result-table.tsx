import type { ReactNode } from 'react';

/** A table whose first column names the rows; it scrolls by itself where it is too wide. */
export function ResultTable({
  caption,
  heads,
  rows,
}: {
  caption: string;
  heads: readonly string[];
  rows: readonly { key: string; cells: readonly ReactNode[] }[];
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: keys scroll it
    <section aria-label={caption} tabIndex={0} className="overflow-x-auto">
      <table className="w-full border-collapse">
        <caption className="pb-2 text-left font-medium">{caption}</caption>
        <thead>
          <tr className="text-left text-small text-muted">
            {heads.map((head, column) => (
              <th key={head} scope="col" className={`pb-1.5 font-normal ${side(column)}`}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells: [first, ...rest] }) => (
            <tr key={key} className="border-t border-line">
              <th scope="row" className="max-w-72 py-2 pr-4 text-left font-medium">
                <span className="line-clamp-3">{first}</span>
              </th>
              {rest.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns stay in their order
                <td key={column} className={`py-2 ${side(column + 1)}`}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

// Numbers stand under each other; the first two columns hold words.
const side = (column: number) => (column < 2 ? 'pr-4' : 'pl-4 text-right');
