import type { ProblemError } from '@app/contracts';
import type { Type } from '@nestjs/common';
import { getMetadataStorage, type ValidatorConstraintInterface } from 'class-validator';
import { toPointer } from './problem-errors';

interface Check {
  holds(value: unknown): boolean;
  message: string;
}

interface MemberChecks {
  name: string;
  optional: boolean;
  checks: Check[];
}

/**
 * The rules that a DTO's decorators state, made ready once. `validateSync` looks all of them up again for each object,
 * which is too slow for batches of a thousand.
 */
export class DtoChecks {
  private readonly members: MemberChecks[] = [];
  /** All members, as JSON names them. */
  readonly names: ReadonlySet<string>;

  /** @param what the DTO describes, in words: "an order". */
  constructor(
    dto: Type,
    private readonly what: string,
  ) {
    const storage = getMetadataStorage();
    const byName = new Map<string, MemberChecks>();
    for (const metadata of storage.getTargetValidationMetadatas(dto, '', false, false)) {
      const { propertyName: name, constraintCls, constraints, message } = metadata;
      const member = byName.get(name) ?? { name, optional: false, checks: [] };
      byName.set(name, member);
      if (metadata.name === 'isOptional') {
        member.optional = true;
        continue;
      }
      const [rule] = storage.getTargetValidatorConstraints(constraintCls);
      if (rule === undefined || rule.async) throw new Error(`${name} has a rule of another kind`);
      member.checks.push(toCheck(rule.instance, name, constraints, message));
    }
    this.members.push(...byName.values());
    this.names = new Set(byName.keys());
  }

  /** @returns what is wrong with a body, the first fault of each member; null when nothing is. */
  faultsOf(body: Readonly<Record<string, unknown>>): ProblemError[] | null {
    const faults: ProblemError[] = [];
    for (const { name, optional, checks } of this.members) {
      const value = Object.hasOwn(body, name) ? body[name] : undefined;
      if (optional && (value === undefined || value === null)) continue;
      const failed = checks.find((check) => !check.holds(value));
      if (failed !== undefined) faults.push({ pointer: toPointer(name), detail: failed.message });
    }
    for (const name of Object.keys(body)) {
      if (this.names.has(name)) continue;
      faults.push({ pointer: toPointer(name), detail: `is not a member of ${this.what}` });
    }
    return faults.length === 0 ? null : faults;
  }
}

function toCheck(
  rule: ValidatorConstraintInterface,
  property: string,
  constraints: unknown[],
  message: unknown,
): Check {
  const args = { value: undefined, constraints, targetName: '', object: {}, property };
  return {
    holds: (value) => rule.validate(value, args) === true,
    message: typeof message === 'string' ? message : (rule.defaultMessage?.(args) ?? 'is invalid'),
  };
}

export function isObject(body: unknown): body is Record<string, unknown> {
  return typeof body === 'object' && body !== null && !Array.isArray(body);
}
