/**
 * Mounts the window's page.
 */
import '@fontsource-variable/inter/wght.css';
import '../ui/tokens.css';
import '../ui/text-size.css';
import '../ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startSession } from '../api';
import { KitProvider } from '../ui';
import { App } from './app';
import { ErrorBoundary } from './error-boundary';

startSession();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <ErrorBoundary place="The window">
      <KitProvider>
        <App />
      </KitProvider>
    </ErrorBoundary>
  </StrictMode>,
);
