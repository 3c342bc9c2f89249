import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { entityTag, revisionsOf } from '../../../http/entity-tag.ts';
import { idToMake } from '../../../http/idempotency-key.ts';
import { validatorCompiler } from '../../../http/validation.ts';
import type { SsoFlowService } from '../sign-in/service.ts';
import {
  ConnectionChanges,
  createConnection,
  deleteConnection,
  discardChange,
  getConnection,
  getTestResult,
  listConnections,
  readSamlMetadata,
  startTest,
  updateConnection,
} from './schemas.ts';
import type { ConnectionsService } from './service.ts';

/** Metadata of a provider, in a JSON string. */
const METADATA_LIMIT_BYTES = 512 * 1024;

const CONNECTIONS = '/organizations/:id/sso-connections';
const CONNECTION = `${CONNECTIONS}/:connectionId`;

export const connectionsRoutes =
  (connections: ConnectionsService, flow: SsoFlowService): FastifyPluginAsyncTypebox =>
  async (app) => {
    const onRequest = app.signedIn;

    app.get(CONNECTIONS, { schema: listConnections, onRequest: app.signedInOrProgram }, (request) =>
      connections.list(request.principal, request.params.id),
    );

    app.post(CONNECTIONS, { schema: createConnection, onRequest }, async (request, reply) => {
      const id = idToMake(`connection of ${request.params.id}`, request.caller, request.headers['idempotency-key']);
      const connection = await connections.create(request.caller, request.params.id, id, request.body);
      return reply.status(201).header('etag', entityTag(connection.state)).send(connection);
    });

    app.post(
      '/organizations/:id/saml-metadata',
      { schema: readSamlMetadata, onRequest, bodyLimit: METADATA_LIMIT_BYTES },
      (request) => connections.readMetadata(request.caller, request.params.id, request.body),
    );

    app.get(CONNECTION, { schema: getConnection, onRequest: app.signedInOrProgram }, async (request, reply) => {
      const { id, connectionId } = request.params;
      const connection = await connections.find(request.principal, id, connectionId);
      return reply.header('etag', entityTag(connection.state)).send(connection);
    });

    app.patch(
      CONNECTION,
      { schema: updateConnection, onRequest, validatorCompiler: exceptConfig },
      async (request, reply) => {
        const { id, connectionId } = request.params;
        const revisions = revisionsOf(request.headers['if-match']);
        const connection = await connections.update(request.caller, id, connectionId, request.body, revisions);
        return reply.header('etag', entityTag(connection.state)).send(connection);
      },
    );

    app.delete(CONNECTION, { schema: deleteConnection, onRequest }, async (request, reply) => {
      const { id, connectionId } = request.params;
      await connections.delete(request.caller, id, connectionId, revisionsOf(request.headers['if-match']));
      return reply.status(204).send(null);
    });

    app.delete(`${CONNECTION}/pending-change`, { schema: discardChange, onRequest }, async (request, reply) => {
      const { id, connectionId } = request.params;
      await connections.discardChange(request.caller, id, connectionId, revisionsOf(request.headers['if-match']));
      return reply.status(204).send(null);
    });

    app.post(`${CONNECTION}/test`, { schema: startTest, onRequest }, async (request, reply) => {
      const { id, connectionId } = request.params;
      const started = await flow.startTest(request.caller, id, connectionId, request.body.returnTo);
      app.cookies.setSso(reply, started.browserToken);
      return { url: started.url.href };
    });

    app.get(`${CONNECTION}/test`, { schema: getTestResult, onRequest: app.signedInOrProgram }, (request) =>
      connections.testResult(request.principal, request.params.id, request.params.connectionId),
    );
  };

/** Which kind a changed configuration has to fit, the service knows; the route only tells what there may be. */
const exceptConfig: typeof validatorCompiler = (route) =>
  validatorCompiler(
    route.httpPart === 'body'
      ? { ...route, schema: { ...route.schema, properties: { ...ConnectionChanges.properties, config: {} } } }
      : route,
  );
