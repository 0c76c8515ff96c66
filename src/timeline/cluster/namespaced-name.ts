/** How the API server tells objects of one kind apart at one time; a later object may have the name again. */
export function namespacedName({ namespace, name }: { readonly namespace: string; readonly name: string }): string {
  return `${namespace}/${name}`;
}
