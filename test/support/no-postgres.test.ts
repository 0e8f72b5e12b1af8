import { test } from 'vitest';

test.skip('the account service on PostgreSQL: not installed here (Debian and Ubuntu: apt-get install postgresql)');
