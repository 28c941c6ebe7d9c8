import { z } from 'zod';

// The page's policy allows no code from text, which zod would otherwise try once, when the first schema is made: this module
// is imported before any that makes one.
z.config({ jitless: true });
