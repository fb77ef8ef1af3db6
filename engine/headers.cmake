# SPDX-License-Identifier: Apache-2.0
# All headers of the engine, by folder: what is installed, and compiled alone by the target
# all_verify_interface_header_sets. A test tells of one that is missing here.

set(HEDDLE_HEADERS_heddle_base
    engine/base/asymmetric_fence.h engine/base/check.h engine/base/clock.h engine/base/descriptor_wait.h
    engine/base/file_lock.h engine/base/futex.h engine/base/interruption.h engine/base/json_writer.h
    engine/base/locks.h engine/base/object_refusals.h engine/base/owned_fd.h engine/base/result.h engine/base/sentence.h engine/base/stop_fd.h
    engine/base/strong_id.h engine/base/text.h engine/base/thread_start.h)
set(HEDDLE_HEADERS_heddle_explore
    engine/explore/cells.h engine/explore/chunked_vector.h engine/explore/components.h engine/explore/deadlock_text.h
    engine/explore/dice.h engine/explore/event_sink.h engine/explore/explanation.h engine/explore/exploration_judge.h
    engine/explore/explore.h engine/explore/explorer.h engine/explore/fair_cycles.h engine/explore/findings.h
    engine/explore/found_words.h engine/explore/hold_tracker.h
    engine/explore/live_registers.h engine/explore/local_steps.h engine/explore/local_store.h engine/explore/lost_wakeup.h
    engine/explore/machine.h
    engine/explore/machine_actions.h engine/explore/machine_newcomers.h engine/explore/machine_objects.h
    engine/explore/machine_pipes.h engine/explore/machine_processes.h engine/explore/machine_signals.h
    engine/explore/machine_step.h engine/explore/machine_streams.h engine/explore/machine_table.h
    engine/explore/moment_reader.h engine/explore/move_text.h engine/explore/next_touch.h engine/explore/object_text.h
    engine/explore/order_counter.h engine/explore/pair_map.h engine/explore/pipe_contents.h
    engine/explore/process_store.h engine/explore/promela_export.h engine/explore/promela_flow.h
    engine/explore/promela_operations.h engine/explore/promela_program.h engine/explore/promela_region.h
    engine/explore/promela_values.h engine/explore/race_look.h engine/explore/recorded_place.h
    engine/explore/recorded_run.h
    engine/explore/ring_symmetry.h engine/explore/ring_types.h engine/explore/run_acceptance.h
    engine/explore/run_follower.h
    engine/explore/plan_obstacles.h engine/explore/sampler.h engine/explore/schedule_plan.h engine/explore/schedule_trace.h
    engine/explore/search_bounds.h engine/explore/search_options.h engine/explore/search_queue.h engine/explore/search_ways.h
    engine/explore/sentence_text.h engine/explore/sleep_sets.h
    engine/explore/state_findings.h engine/explore/state_graph.h engine/explore/state_layout.h engine/explore/state_picture.h
    engine/explore/state_store.h engine/explore/step_list.h engine/explore/step_recorder.h engine/explore/stepper.h
    engine/explore/symmetry.h engine/explore/unknown_text.h engine/explore/unseen_loop.h engine/explore/value_store.h engine/explore/wait_reader.h engine/explore/wait_recorder.h
    engine/explore/wait_target.h engine/explore/walk.h engine/explore/walk_reader.h engine/explore/walked_path.h
    engine/explore/witness.h engine/explore/write_tracker.h)
set(HEDDLE_HEADERS_heddle_model
    engine/model/kinds.h)
set(HEDDLE_HEADERS_heddle_exploration
    engine/model/exploration/explored_moment.h engine/model/exploration/forced_schedule.h
    engine/model/exploration/goal.h engine/model/exploration/schedule.h engine/model/exploration/verdict.h)
set(HEDDLE_HEADERS_heddle_program
    engine/model/program/body_checker.h engine/model/program/body_compiler.h engine/model/program/catalogue.h
    engine/model/program/characters.h engine/model/program/check_flow.h engine/model/program/check_handlers.h
    engine/model/program/check_sharing.h
    engine/model/program/checker.h engine/model/program/code.h engine/model/program/code_builder.h
    engine/model/program/code_declarations.h engine/model/program/code_expectations.h
    engine/model/program/compiler.h engine/model/program/completion.h engine/model/program/computation.h
    engine/model/program/contract_compiler.h engine/model/program/declaration_reader.h
    engine/model/program/diagnostic.h engine/model/program/evaluate.h engine/model/program/expectations.h
    engine/model/program/instruction.h
    engine/model/program/interpreter.h engine/model/program/lexer.h engine/model/program/lexer_rules.h
    engine/model/program/literal.h engine/model/program/operation_table.h engine/model/program/parser.h engine/model/program/printer.h
    engine/model/program/program_parser.h engine/model/program/refusals.h engine/model/program/reporter.h engine/model/program/step_operands.h
    engine/model/program/signal_reach.h engine/model/program/symbols.h engine/model/program/syntax_tree.h
    engine/model/program/value.h
    engine/model/program/wake_reach.h)
set(HEDDLE_HEADERS_heddle_run_model
    engine/model/run/expectation_judge.h engine/model/run/judge.h engine/model/run/run_report.h engine/model/run/spoken_of.h)
set(HEDDLE_HEADERS_heddle_trace
    engine/model/trace/actor_lane.h engine/model/trace/counter_lanes.h engine/model/trace/duration_histogram.h
    engine/model/trace/duration_index.h engine/model/trace/edge_pairs.h engine/model/trace/edge_store.h engine/model/trace/event_list.h
    engine/model/trace/field_cursor.h engine/model/trace/growing_array.h engine/model/trace/id_table.h
    engine/model/trace/kind_text.h engine/model/trace/level_store.h engine/model/trace/object_lane.h engine/model/trace/open_slice.h
    engine/model/trace/output_file.h engine/model/trace/packet_stream.h engine/model/trace/perfetto_fields.h
    engine/model/trace/perfetto_format.h engine/model/trace/perfetto_packet.h engine/model/trace/perfetto_reader.h
    engine/model/trace/perfetto_writer.h engine/model/trace/scheduler_lanes.h engine/model/trace/share_columns.h
    engine/model/trace/share_pyramid.h engine/model/trace/slice_store.h engine/model/trace/statistics.h
    engine/model/trace/trace.h engine/model/trace/trace_builder.h engine/model/trace/trace_builder_state.h
    engine/model/trace/trace_event.h
    engine/model/trace/trace_store.h engine/model/trace/trace_writer.h engine/model/trace/track.h
    engine/model/trace/track_store.h engine/model/trace/wait_cycles.h engine/model/trace/wait_graph.h)
set(HEDDLE_HEADERS_heddle_processes
    engine/processes/abandoned.h engine/processes/accounts.h engine/processes/child_clone.h
    engine/processes/child_stack.h engine/processes/command.h engine/processes/descendant_signal.h
    engine/processes/exchange.h engine/processes/exit_status.h engine/processes/fork_server.h
    engine/processes/fork_service.h engine/processes/packet_line.h engine/processes/pipe.h
    engine/processes/pipe_stream.h engine/processes/pipeline.h engine/processes/process_failure.h
    engine/processes/process_folder.h engine/processes/process_group.h engine/processes/process_picture.h
    engine/processes/process_time.h
    engine/processes/program_search.h engine/processes/spawn_options.h engine/processes/spawn_plan.h
    engine/processes/subprocess.h engine/processes/subprocess_state.h engine/processes/text_decoder.h)
set(HEDDLE_HEADERS_heddle_record
    engine/record/active_session.h
    engine/record/collector.h engine/record/definition_reader.h engine/record/definition_writer.h
    engine/record/event_ring.h engine/record/recorded_names.h engine/record/recorder.h
    engine/record/recording_cost.h engine/record/scheduler_watch.h
    engine/record/session.h engine/record/session_layout.h engine/record/session_view.h engine/record/ticks.h
    engine/record/watched_slots.h)
set(HEDDLE_HEADERS_heddle_run
    engine/run/actor_gate.h engine/run/actor_start.h engine/run/actor_table.h engine/run/actor_thread.h engine/run/blocked_processes.h
    engine/run/byte_stream.h engine/run/code_needs.h engine/run/command_hook.h engine/run/command_start.h engine/run/command_watch.h
    engine/run/control.h engine/run/deadlock_watch.h engine/run/forced_alarm.h
    engine/run/guardian.h engine/run/life_operations.h engine/run/live_actors.h engine/run/object_operations.h engine/run/other_operations.h
    engine/run/orphans.h engine/run/output.h engine/run/pause.h engine/run/pipe_object.h engine/run/pipe_waits.h engine/run/process_lock.h
    engine/run/process_objects.h engine/run/process_start.h engine/run/process_variable.h
    engine/run/process_watch.h engine/run/program_channel.h
    engine/run/program_life.h engine/run/program_run.h engine/run/random_numbers.h engine/run/recorded_end.h engine/run/run_command.h engine/run/run_message.h
    engine/run/run_object.h engine/run/run_options.h engine/run/run_recorder.h engine/run/runner.h
    engine/run/runner_table.h engine/run/schedule_gate.h engine/run/scheduler_feed.h engine/run/shared_arena.h
    engine/run/shared_operations.h engine/run/shared_variable.h engine/run/signal_operations.h
    engine/run/signal_hold.h engine/run/signal_senders.h engine/run/source_line.h engine/run/step_lock.h engine/run/step_outcome.h engine/run/stream_end.h
    engine/run/stream_operations.h engine/run/stuck_search.h
    engine/run/supervision.h engine/run/supervisor.h engine/run/termination_signals.h engine/run/thread_objects.h
    engine/run/wait_chains.h engine/run/watched_run.h engine/run/watcher_thread.h engine/run/window_line.h engine/run/world_context.h)
set(HEDDLE_HEADERS_heddle_signals
    engine/signals/alarm.h engine/signals/delivery.h engine/signals/handler.h engine/signals/interval_timer.h
    engine/signals/mask.h engine/signals/send.h engine/signals/signal_fd.h engine/signals/signal_set.h
    engine/signals/signal_wait.h engine/signals/system_handler.h engine/signals/wakeup.h engine/signals/wakeup_fd.h)
set(HEDDLE_HEADERS_heddle_threads
    engine/threads/barrier.h engine/threads/condition.h engine/threads/event.h engine/threads/gate.h
    engine/threads/held.h
    engine/threads/item_ring.h engine/threads/latch.h engine/threads/mutex.h engine/threads/parcel_stack.h engine/threads/queue.h
    engine/threads/queue_gate.h engine/threads/queue_order.h engine/threads/recursive_mutex.h engine/threads/rw_lock.h
    engine/threads/semaphore.h engine/threads/shutdown.h engine/threads/simple_queue.h engine/threads/sleeper.h
    engine/threads/spin.h engine/threads/thread.h engine/threads/thread_local_value.h engine/threads/thread_registry.h
    engine/threads/thread_state.h engine/threads/timer.h engine/threads/uncaught.h engine/threads/wait_gate.h
    engine/threads/wait_list.h)
