// The types of the REST api, from the OpenAPI document that a running api serves.
import openapiTS, { astToString, COMMENT_HEADER } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';

export const SCHEMA_FILE = 'libs/client/src/api-schema.ts';

/** @returns the text of `SCHEMA_FILE` as it should be. */
export async function schemaOf(baseUrl) {
  const answer = await fetch(`${baseUrl}/openapi.json`);
  if (!answer.ok) throw new Error(`${baseUrl}/openapi.json answers ${answer.status}`);
  // A member with a default may be left out of a request.
  const types = await openapiTS(await answer.json(), { defaultNonNullable: false });
  const source = COMMENT_HEADER + astToString(types);
  const options = await resolveConfig(SCHEMA_FILE);
  return format(source, { ...options, filepath: SCHEMA_FILE });
}
