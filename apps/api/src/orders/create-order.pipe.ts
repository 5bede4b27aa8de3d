import { CreateOrderDto, type ProblemError } from '@app/contracts';
import { ProblemException } from '@app/platform';
import { Injectable, type PipeTransform } from '@nestjs/common';
import { type ValidationError, validateSync } from 'class-validator';

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
    for (const [name, value] of Object.entries(body)) {
      Object.defineProperty(dto, name, {
        value,
        enumerable: true,
        writable: true,
      });
    }
    const failures = validateSync(dto, {
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      stopAtFirstError: true,
      validationError: { target: false, value: false },
    });
    if (failures.length > 0) throw refusal(failures);
    return dto;
  }
}

function refusal(failures: ValidationError[]): ProblemException {
  const errors: ProblemError[] = failures.map((failure) => ({
    pointer: `/${failure.property.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    detail: messageOf(failure),
  }));
  const detail = errors.map((error) => `${error.pointer.slice(1)} ${error.detail}`).join('; ');
  return new ProblemException('VALIDATION_FAILED', detail, errors);
}

function messageOf(failure: ValidationError): string {
  const [kind, message] = Object.entries(failure.constraints ?? {})[0] ?? [];
  return kind === 'whitelistValidation'
    ? 'is not a member of an order'
    : (message ?? 'is not valid');
}
