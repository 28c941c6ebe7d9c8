import './no-code-from-text.ts';
import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import { CSPProvider } from '@base-ui/react/csp-provider';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueries } from './api/query-client.ts';
import { copyText } from './api/copy.ts';
import { App } from './app.tsx';
import { firstLook } from './first-look.ts';
import { ErrorBoundary } from './ui/error-boundary.tsx';
import { loadWhenIdle } from './ui/lazily.tsx';
import './ui/tokens.css';
import './ui/base.css';

/** A store that takes longer to open, or to read, is waited for with something on the screen. */
const PATIENCE_MS = 150;

async function show(root: HTMLElement): Promise<void> {
  const client = createQueries();
  await Promise.race([firstLook(client), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
  createRoot(root).render(
    <StrictMode>
      <CSPProvider disableStyleElements>
        <QueryClientProvider client={client}>
          <ErrorBoundary what="The window" onRetry={() => location.reload()} onCopy={copyText}>
            <App />
          </ErrorBoundary>
        </QueryClientProvider>
      </CSPProvider>
    </StrictMode>,
  );
  loadWhenIdle();
}

const root = document.getElementById('root');
if (root) void show(root);
