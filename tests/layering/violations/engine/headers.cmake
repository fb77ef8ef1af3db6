# SPDX-License-Identifier: Apache-2.0
set(HEDDLE_HEADERS_heddle_base engine/base/gone.h engine/threads/silent.h)
