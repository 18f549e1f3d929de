// SPDX-License-Identifier: Apache-2.0
void pace() { std::this_thread::sleep_for(1s); }
