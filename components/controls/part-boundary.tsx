'use client';
import { Component, type ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { Button } from '../ui/button';

interface PartBoundaryProps {
  /** What is shown; a failure is forgotten when it is another. */
  of: string;
  /** Stands in place of the part if it fails; a sentence and a button, if there is nothing else. */
  fallback?: ReactNode;
  /** Stands under the sentence. */
  beside?: ReactNode;
  children: ReactNode;
}

/**
 * A part of a page that may fail to render, such as one run or one message. What is stored comes back at
 * every reload, so what one part cannot show must not take the page away.
 */
export class PartBoundary extends Component<PartBoundaryProps, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError = () => ({ hasFailed: true });

  override componentDidUpdate(before: PartBoundaryProps) {
    if (this.state.hasFailed && before.of !== this.props.of) this.setState({ hasFailed: false });
  }

  override render() {
    const { children, fallback, beside } = this.props;
    if (!this.state.hasFailed) return children;
    if (fallback !== undefined) return fallback;
    return (
      <>
        <Failure onRetry={() => this.setState({ hasFailed: false })} />
        {beside}
      </>
    );
  }
}

function Failure({ onRetry }: { onRetry: () => void }) {
  const t = useTranslations('crash');
  return (
    <p role="alert" className="my-3 rounded-large bg-error-soft px-3.5 py-2.5 text-error">
      {t('part')}{' '}
      <Button look="link" onClick={onRetry}>
        {t('again')}
      </Button>
    </p>
  );
}
