/** What `vbtop --help` says. */
export const help = String.raw`
  Usage
    $ vbtop [options]            watch a server; the first time it asks which one
    $ vbtop --demo [options]     watch a simulated server: no server and no configuration needed
    $ vbtop login [NAME]         add a server, enter its password anew, accept its new certificate
    $ vbtop logout [NAME|--all]  end the session, forget the password
    $ vbtop servers              the servers that are kept
    $ vbtop info                 paths, versions, terminal, and where each setting comes from
    $ vbtop simulate [options]   run the simulated server

  Options
    --server A[,B]       watch these: names of kept servers, or addresses (also VBTOP_SERVER)
    --all                watch every kept server in one list
    --type backup|copy   ask only for sessions of that job type
    --since SPAN         how far back the list looks: 90m, 6h, 3d, 1w (24h)
    --refresh SECONDS    how often the server is asked, 2 to 120 (10; demo 2)
    --api v6|v7|v8       speak that version of the REST API instead of the newest served
    --utc                show times of day in UTC
    --no-color           no colours, bold and reverse alone (also NO_COLOR; --color overrides that)
    --theme THEME        colours for a background that is dark or light; auto as far as the terminal says it
                         (auto; also VBTOP_THEME)
    --ascii              draw lines and bars in ASCII, also where the locale is UTF-8
    --log-file FILE      append what happens to that file, a line of JSON each; also for login and logout
    --log-level LEVEL    how much of it: error, warn, info, debug (info)
    --help, --version

  Account and secret, also for login; without them vbtop asks
    --user ACCOUNT            DOMAIN\user or user@domain (also VBTOP_USER)
    --password-stdin          the first line of standard input
    --password-file FILE      the first line of a file that only you can read
    --password-command CMD    the first line that a command prints; run without a shell
    --token-stdin, --token-file FILE, --token-command CMD
                              a fixed bearer token instead of account and password
    VBTOP_PASSWORD, VBTOP_TOKEN in the environment
    --keep                    login without questions: keep the password too
    --name NAME               login: how the server is called, instead of by its host

  Certificate and proxy
    --ca FILE            trust the certificates in that PEM file too (may be repeated)
    --pin SHA256         trust the one certificate with this fingerprint
    HTTPS_PROXY and NO_PROXY are honoured

  Options of logout
    --forget             forget the server too, not only its password

  Options of --demo and simulate
    --scenario NAME      demo, clean, empty, hostile, usual-noise, new-among-noise, healed, used-up,
                         throttled, stuck, certificate, storage, proxy-gone, first-full, missed,
                         copy-behind, window, msp, unkind (demo)
    --fault NAME[,NAME]  20 s calm, 20 s of that trouble, again and again; the README has the names
    --pace N             how many times faster than life its runs go (30)
    --seed N             another world (1)
    --sessions N         fill the history up to about N sessions
    --api v6|v7|v8       the newest API version that it serves (v8)

  Options of simulate
    --port N             port on 127.0.0.1, 0 for any free one (4443)
    --tls                HTTPS with a certificate made at start

  Keys are on the bottom line; ? shows them all. vbtop only reads: it can change nothing on a server.
`;
