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
import { ErrorBoundary } from './ui/error-boundary.tsx';
import './ui/tokens.css';
import './ui/base.css';

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <CSPProvider disableStyleElements>
        <QueryClientProvider client={createQueries()}>
          <ErrorBoundary what="The window" onRetry={() => location.reload()} onCopy={copyText}>
            <App />
          </ErrorBoundary>
        </QueryClientProvider>
      </CSPProvider>
    </StrictMode>,
  );
}
