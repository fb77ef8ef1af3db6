// SPDX-License-Identifier: GPL-3.0-only
// Not built: what check_rows.cmake must notice.
// rows: TH-01 TH-03 TH-99
// rows: TH04
