import { SettingsDto } from '@app/contracts';
import { type Config, CONFIG } from '@app/platform';
import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

@ApiTags('settings')
@Controller('settings')
export class SettingsController {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  @Get()
  @ApiOperation({
    summary: 'What clients may want to know of the configuration',
    operationId: 'getSettings',
  })
  @ApiOkResponse({ type: SettingsDto })
  get(): SettingsDto {
    return { match_delay_ms: this.config.matcher.delayMs };
  }
}
