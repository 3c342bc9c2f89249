import { makeDatabase } from './platform/database/data-folder.ts';
import { buildEmbeddedTemplate } from './platform/database/template.ts';

/** Part of a build: leaves an empty embedded database to copy first starts from. */
await buildEmbeddedTemplate(makeDatabase);
