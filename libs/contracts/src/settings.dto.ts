import { ApiProperty } from '@nestjs/swagger';

/** What a client may want to know of how the engine was started. */
export class SettingsDto {
  @ApiProperty({
    type: 'integer',
    minimum: 0,
    description: 'From placing a plain order to its fill, as this process was configured.',
    example: 3000,
  })
  match_delay_ms: number;
}
