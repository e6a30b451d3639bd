import type { Request, Response } from 'express';
import type { NodeAPI } from 'node-red';
import { isOwnPage } from '../../look-up/foreign-page';
import { overviewOf } from '../figures';
import { monitors } from '../monitors';
import { formatFor, metricsText } from './text-formats';

/** Answers who collects metrics; Node-RED has already asked for `connect-cases-domain.read`. */
export function answerMetrics(RED: NodeAPI, request: Request, response: Response): void {
  if (!isOwnPage(request)) {
    response.status(403).end();
    return;
  }
  const format = formatFor(request.get('accept'));
  const domains = overviewOf(RED).domains.map((figures) => ({
    figures,
    totals: monitors(RED).of(figures.id).totals,
  }));
  response.writeHead(200, { 'content-type': format.contentType }).end(metricsText(domains, format));
}
