import * as l10n from '@vscode/l10n';
import { refusedInSlice } from '../../cluster/slice-address.ts';
import type { EndpointSliceObject } from '../../manifests/kinds.ts';
import type { Path } from '../../manifests/manifest.ts';
import { present } from '../../manifests/schema.ts';
import type { Problem } from './problem.ts';
import { staysNear } from './service-addresses.ts';
import { isPlaceholder } from './syntax.ts';

/**
 * What the API server refuses of the addresses in an EndpointSlice, and with one of them all of it.
 * Source: kubernetes/kubernetes `pkg/apis/discovery/validation/validation.go` validateEndpoints.
 */
export function problemsInEndpointSlice({ addressType, endpoints }: EndpointSliceObject): readonly Problem[] {
  return present(endpoints).flatMap(([index, { addresses }]) =>
    present(addresses).flatMap(([place, text]) =>
      problemsOfAddress(text, addressType, ['endpoints', index, 'addresses', place]),
    ),
  );
}

function problemsOfAddress(text: string, addressType = '', path: Path): readonly Problem[] {
  if (isPlaceholder(text)) return [];
  switch (refusedInSlice(text, addressType)) {
    case 'other-type':
      return [{ path, message: l10n.t('`{0}` is no {1} address, as `addressType` asks', text, addressType) }];
    case 'special':
      return [staysNear(text, path)];
    default:
      return [];
  }
}
