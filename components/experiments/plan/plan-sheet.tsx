'use client';
import { useMemo } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { useForecast } from '@/lib/client/experiments/use-forecast';
import type { Plan, PlanOffer } from '@/lib/core/experiments/plan';
import { totalsOf } from '@/lib/core/experiments/plan-totals';
import { findModel } from '@/lib/core/models/lookup';
import type { Model } from '@/lib/core/models/model';
import { parseSize, unrefusedSize } from '@/lib/core/sizes/sizes';
import { formatBytes, formatExpected, formatSizeForPeople } from '@/lib/i18n/formats';
import { useProblemSentence } from '../../controls/words';
import { useAxisWords } from '../axis-words';

/** What an experiment would send: how much, at which sizes, and what is impossible. */
export function PlanSheet({ plan, models }: { plan: Plan; models: readonly Model[] }) {
  const t = useTranslations('experiments.plan');
  const locale = useLocale();
  const totals = useMemo(() => totalsOf(plan.requests, models), [plan.requests, models]);
  const expected = useForecast(plan.requests, models);
  const money = Object.entries(totals.money).map(([currency, amount]) =>
    new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount),
  );
  const facts: [string, string][] = [
    [t('requests'), totals.requests.toLocaleString(locale)],
    [t('pictures'), t(totals.isUpperBound ? 'upTo' : 'exactly', { count: totals.pictures })],
  ];
  if (expected) {
    const time = formatExpected(expected.milliseconds);
    facts.push([t('time'), t(expected.isGuess ? 'guessed' : 'about', { time })]);
  }
  if (totals.tokens > 0) facts.push([t('tokens'), totals.tokens.toLocaleString(locale)]);
  facts.push([t('cost'), costWords()]);
  facts.push([t('room'), t('atMost', { size: formatBytes(totals.pictureBytes, locale) })]);
  if (totals.uploadBytes > 0) facts.push([t('upload'), formatBytes(totals.uploadBytes, locale)]);

  const impossible = plan.cells.filter(({ problems }) => problems.length > 0).length;
  const leftOut = plan.cells.filter((cell) => cell.isLeftOut).length;
  if (impossible > 0) facts.push([t('impossible'), impossible.toLocaleString(locale)]);
  if (leftOut > 0) facts.push([t('leftOut'), leftOut.toLocaleString(locale)]);

  function costWords(): string {
    if (money.length === 0) return t('unknownCost');
    const known = money.join(' + ');
    return totals.unpriced > 0 ? t('partCost', { known, count: totals.unpriced }) : known;
  }
  return (
    <div
      data-testid="experiment-plan"
      className="mx-auto grid w-full max-w-[880px] gap-6 p-5 max-wide:p-3.5"
    >
      {plan.requests.length > 0 && (
        <dl className="flex flex-wrap gap-px overflow-hidden rounded-large border border-line bg-line">
          {facts.map(([name, value]) => (
            <div key={name} className="min-w-[150px] flex-1 bg-panel px-3 py-2">
              <dt className="text-small text-muted">{name}</dt>
              <dd className="font-medium tabular-nums">{value}</dd>
            </div>
          ))}
        </dl>
      )}
      <Formula plan={plan} />
      <Sizes plan={plan} models={models} />
    </div>
  );
}

/** `palette (2) × shapes (2) × models (3) = 12`. */
function Formula({ plan: { axes, count, cells, template } }: { plan: Plan }) {
  const t = useTranslations('experiments.plan');
  const words = useAxisWords([]);
  const varied = axes.filter(({ values }) => values.length > 1);
  if (varied.length === 0 || template.problems.length > 0) return null;
  return (
    <p className="text-muted">
      {varied
        .map((axis) => t('factor', { name: words.axis(axis), count: axis.values.length }))
        .join(' × ')}
      {` = ${t('cells', { count })}`}
      {cells.length > 0 && cells.length < count && ` · ${t('sampled', { count: cells.length })}`}
    </p>
  );
}

/** Each model's own size for each shape, and what keeps it from being sent. */
function Sizes({ plan: { axes, offers }, models }: { plan: Plan; models: readonly Model[] }) {
  const t = useTranslations('experiments.plan');
  const locale = useLocale();
  const words = useAxisWords(models);
  const shapes = axes.find((axis) => axis.kind === 'shape');
  const rows = axes.find((axis) => axis.kind === 'model');
  if (!shapes || !rows || offers.length === 0) return null;
  return (
    <div className="overflow-x-auto rounded-large border border-line">
      <table className="w-full text-left text-small">
        <thead>
          <tr className="border-b border-line bg-sunken text-muted">
            <th scope="col" className="px-3 py-1.5 font-medium">
              {t('model')}
            </th>
            {shapes.values.map((value, index) => (
              <th key={value.id} scope="col" className="px-3 py-1.5 font-medium">
                {words.value(shapes, index)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.values.map(({ id, row }, index) => (
            <tr key={id} className="border-line not-first:border-t">
              <th scope="row" className="px-3 py-1.5 font-medium">
                {findModel(models, row.model)?.label[locale] ?? row.model}
              </th>
              {(offers[index] ?? []).map((offer, shape) => (
                <td key={shapes.values[shape]?.id} className="px-3 py-1.5">
                  <OfferWords offer={offer} models={models} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function OfferWords({ offer, models }: { offer: PlanOffer; models: readonly Model[] }) {
  const t = useTranslations('experiments.plan');
  const form = useTranslations('form');
  const sentence = useProblemSentence(models);
  if ('problems' in offer) {
    const [first] = offer.problems;
    return <span className="text-error">{first && sentence(first)}</span>;
  }
  const { size, differs } = offer.size;
  const sides = parseSize(size);
  const better = sides && unrefusedSize(offer.model.sizes, sides);
  return (
    <>
      <span className="whitespace-nowrap font-mono">
        {size === 'auto' ? form('auto') : formatSizeForPeople(size)}
      </span>
      {better && (
        <span className="block text-warn">
          {t('mayBeRefused', { size: formatSizeForPeople(better) })}
        </span>
      )}
      {differs && <span className="block text-warn">{t(`differs.${differs}`)}</span>}
      {offer.isMaskLeftOut && <span className="block text-warn">{t('withoutMask')}</span>}
      {offer.perRequest === 1 && offer.model.count && (
        <span className="block text-muted">{t('oneByOne')}</span>
      )}
    </>
  );
}
