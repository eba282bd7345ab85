/**
 * The relationship transform: what a signature digests of a relationships part (ECMA-376 part 2, 13.2.4.24).
 *
 * The chosen relationships, ordered by Id as ordinal strings, with TargetMode filled in and nothing between them, in
 * canonical form.
 */
import { element, ordinal } from './canonical-xml';
import { NAMESPACE } from './names';
import type { Relationship } from './opc-package';

/** The octets to digest for the relationships that `chosen` picks. */
export function transformedRelationships(
  relationships: readonly Relationship[],
  chosen: (relationship: Relationship) => boolean,
): Uint8Array {
  const entries = relationships
    .filter(chosen)
    .sort((left, right) => ordinal(left.id, right.id))
    .map(({ id, type, target, targetMode }) =>
      element('Relationship', { Id: id, Target: target, TargetMode: targetMode, Type: type }),
    );
  return new TextEncoder().encode(element('Relationships', { xmlns: NAMESPACE.relationships }, ...entries));
}
