# SPDX-License-Identifier: Apache-2.0
# The demo's part of handslag_app (src/app/CMakeLists.txt).
set(DEMO_SOURCES
    demo/contacts.cc demo/days.cc demo/event_log.cc demo/everyday.cc demo/generate.cc demo/karin.cc demo/orders.cc
    demo/people.cc demo/random.cc demo/self_service.cc demo/selling.cc demo/survey_words.cc demo/talk.cc
    demo/test_numbers.cc demo/world.cc)
set(DEMO_TESTS demo/days_test.cc demo/generate_test.cc demo/karin_test.cc demo/random_test.cc demo/test_numbers_test.cc)
