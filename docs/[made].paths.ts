import { referencePages } from './.vitepress/reference.ts';
import { repositoryPages } from './.vitepress/repository.ts';

/* Pages of the site that stand nowhere in this folder: made of the OpenAPI document, or of files of the repository. */

export default {
  paths: () =>
    [...repositoryPages, ...referencePages].map(({ path, content }) => ({ params: { made: path }, content })),
};
