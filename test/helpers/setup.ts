/*
Loaded before each test file: colours are drawn whatever the runner's output is, so that
styles can be read back; times are those of one zone.
*/
import process from 'node:process';

process.env['FORCE_COLOR'] = '3';
process.env['TZ'] = 'UTC';
