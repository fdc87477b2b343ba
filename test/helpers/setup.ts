/*
Loaded before the test files of a process: colours are drawn whatever the runner's output is, so that styles can be
read back; times are those of one zone. With a size in the environment, Ink starts no `tput` for each frame that is
drawn on an output without one (that was two thirds of the time of these tests). React is the one that users get: its
checks for development took a third of the processor time of the walks, and what they find they only print.
*/
import process from 'node:process';

process.env['NODE_ENV'] = 'production';
process.env['FORCE_COLOR'] = '3';
process.env['TZ'] = 'UTC';
process.env['COLUMNS'] = '80';
process.env['LINES'] = '24';
