/** `10.0.0.1:80`, `[fd00::1]:80`: as Go's net.JoinHostPort writes it, and kube-proxy hashes and sorts it. */
export function addressAndPort({ address, port }: { readonly address: string; readonly port: number }): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
