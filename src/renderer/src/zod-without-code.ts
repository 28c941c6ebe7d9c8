import { z } from 'zod';

// The page's policy allows no code from text, which zod would otherwise try once. Before any module makes a schema.
z.config({ jitless: true });
