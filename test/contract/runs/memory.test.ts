import { memoryAdapter } from '../../../src/main/adapters/memory/memory-adapter.ts';
import { describeEventRepository } from '../event-repository.contract.ts';
import { memorySubject } from '../subjects/memory-subject.ts';

describeEventRepository('the memory adapter', memorySubject(memoryAdapter()));
