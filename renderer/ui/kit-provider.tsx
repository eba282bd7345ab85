/**
 * What the components share: no style element is written into the page, which its content policy would refuse, and hints come
 * after the same short rest of the pointer everywhere, at once where one was just shown.
 */
import { CSPProvider } from '@base-ui/react/csp-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import type { ReactNode } from 'react';

const HINT_AFTER_MS = 500;

/** Stands around the whole window, once. */
export function KitProvider({ children }: { readonly children: ReactNode }) {
  return (
    <CSPProvider disableStyleElements>
      <Tooltip.Provider delay={HINT_AFTER_MS} closeDelay={0}>
        {children}
      </Tooltip.Provider>
    </CSPProvider>
  );
}
