import type {ApiVersion} from '../server-api.js';
import {v6} from './v6.js';
import {v7} from './v7.js';
import {v8} from './v8.js';
import type {WireVersion} from './wire.js';

/** The requests and parsers of each version. */
export const versions: Readonly<Record<ApiVersion, WireVersion>> = {v6, v7, v8};
