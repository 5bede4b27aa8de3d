import { CreateOrderDto, type ProblemError } from '@app/contracts';
import { ProblemException } from '@app/platform';
import { Injectable, type PipeTransform } from '@nestjs/common';
import { getMetadataStorage, type ValidationError, validateSync } from 'class-validator';

const VALIDATOR_OPTIONS = {
  stopAtFirstError: true,
  validationError: { target: false, value: false },
};

const MEMBERS: ReadonlySet<string> = new Set(
  getMetadataStorage()
    .getTargetValidationMetadatas(CreateOrderDto, '', false, false)
    .map((metadata) => metadata.propertyName),
);

/**
 * Checks the body of `POST /orders` against its DTO. A member that the DTO does not know is refused, so that a
 * misspelt or unsupported one is never silently left out of an order.
 */
@Injectable()
export class CreateOrderPipe implements PipeTransform<unknown, CreateOrderDto> {
  /** @throws ProblemException VALIDATION_FAILED naming each wrong member. */
  transform(body: unknown): CreateOrderDto {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
      throw new ProblemException('VALIDATION_FAILED', 'the body must be a JSON object');
    }
    const dto = new CreateOrderDto();
    const unknown: ProblemError[] = [];
    for (const [name, value] of Object.entries(body)) {
      if (MEMBERS.has(name)) Object.assign(dto, { [name]: value });
      else unknown.push({ pointer: toPointer(name), detail: 'is not a member of an order' });
    }
    const failures = validateSync(dto, VALIDATOR_OPTIONS);
    if (failures.length + unknown.length > 0) throw refusal([...failures.map(toError), ...unknown]);
    return dto;
  }
}

function refusal(errors: ProblemError[]): ProblemException {
  const detail = errors.map((error) => `${error.pointer.slice(1)} ${error.detail}`).join('; ');
  return new ProblemException('VALIDATION_FAILED', detail, errors);
}

function toError(failure: ValidationError): ProblemError {
  const [message] = Object.values(failure.constraints ?? {});
  return { pointer: toPointer(failure.property), detail: message ?? 'is not valid' };
}

/** A JSON pointer (RFC 6901) to a member of the body. */
function toPointer(name: string): string {
  return `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
