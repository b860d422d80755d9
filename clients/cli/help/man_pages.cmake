# Renders every manual page: cmake -DGAVEL=… -DSCDOC=… -DFOLDER=… -P man_pages.cmake
file(MAKE_DIRECTORY "${FOLDER}")
execute_process(COMMAND "${GAVEL}" __man OUTPUT_VARIABLE names COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "[^\n]+" names "${names}")
foreach(name IN LISTS names)
  execute_process(COMMAND "${GAVEL}" __man ${name}
                  COMMAND "${SCDOC}"
                  OUTPUT_FILE "${FOLDER}/${name}.1" COMMAND_ERROR_IS_FATAL ANY)
endforeach()
file(TOUCH "${FOLDER}/rendered")
