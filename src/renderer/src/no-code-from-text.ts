import { z } from 'zod';

// The page's policy allows no code from text, which zod would otherwise try once, as soon as a schema is made: so this module
// comes before all others.
z.config({ jitless: true });
