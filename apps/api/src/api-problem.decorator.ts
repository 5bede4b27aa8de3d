import { PROBLEM_STATUS, ProblemDto, type ProblemCode } from '@app/contracts';
import { applyDecorators } from '@nestjs/common';
import { ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { STATUS_CODES } from 'node:http';

/** Documents an error answer. All codes given share one status. */
export function ApiProblem(...codes: [ProblemCode, ...ProblemCode[]]): MethodDecorator {
  const status = PROBLEM_STATUS[codes[0]];
  const examples = Object.fromEntries(
    codes.map((code) => [
      code,
      {
        value: {
          type: 'about:blank',
          title: STATUS_CODES[status],
          status,
          code,
          detail: 'what went wrong',
        },
      },
    ]),
  );
  return applyDecorators(
    ApiResponse({
      status,
      description: `Problem details with code ${codes.join(' or ')}.`,
      ...(status === 503
        ? {
            headers: {
              'Retry-After': {
                description: 'Seconds to wait.',
                schema: { type: 'integer' },
              },
            },
          }
        : {}),
      content: {
        'application/problem+json': {
          schema: { $ref: getSchemaPath(ProblemDto) },
          examples,
        },
      },
    }),
  );
}
