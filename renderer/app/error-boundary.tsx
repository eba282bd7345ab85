/**
 * Keeps a fault on one screen from taking the window along, and shows it so that it can be passed on.
 */
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { Button, Notice } from '../ui';
import styles from './error-boundary.module.css';

interface ErrorBoundaryProps {
  /** What failed, as the sentence begins: `The Explain screen`. */
  readonly place: string;
  readonly children: ReactNode;
}

interface ErrorBoundaryState {
  readonly error: Error | undefined;
  readonly where: string;
}

export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { error: undefined, where: '' };

  static getDerivedStateFromError(error: Error): Partial<ErrorBoundaryState> {
    return { error };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(error);
    this.setState({ where: info.componentStack ?? '' });
  }

  override render(): ReactNode {
    const { error, where } = this.state;
    if (!error) return this.props.children;
    return (
      <div className={styles['place']}>
        <Notice
          tone="error"
          title={`${this.props.place} could not be shown: ${error.message}`}
          copyText={`${error.stack ?? error.message}\n${where}`}
          actions={<Button onClick={() => this.setState({ error: undefined, where: '' })}>Show it again</Button>}
        >
          Nothing was lost: every change is saved in the workbook as it is made. This is a fault in Tieout; copy it to report it.
        </Notice>
      </div>
    );
  }
}
