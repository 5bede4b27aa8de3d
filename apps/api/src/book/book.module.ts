import { Module } from '@nestjs/common';
import { MarketsModule } from '../markets/markets.module';
import { BookReader } from './book-reader';
import { BookController } from './book.controller';
import { BookService } from './book.service';
import { ReplicatedBookReader } from './replicated-book-reader';
import { StoreBookReader } from './store-book-reader';

@Module({
  imports: [MarketsModule],
  controllers: [BookController],
  providers: [
    BookService,
    StoreBookReader,
    { provide: BookReader, useClass: ReplicatedBookReader },
  ],
  exports: [StoreBookReader],
})
export class BookModule {}
